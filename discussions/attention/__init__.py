"""When somebody is disturbed, and how little: hours, leave, reminders put off, the list of the morning."""
