"""The roof: joins the house to Teams, the web, mail, the clock, the settings and the command line."""
