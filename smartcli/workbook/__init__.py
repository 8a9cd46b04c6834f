"""What the commands share: places opened on demand, sessions, filters, output, importing."""
