"""What is kept: tables, one repository a subject, the outbox, migrations, keys, backup and upkeep."""
