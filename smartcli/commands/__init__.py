"""One small file for each verb: options in, one call, one answer out."""
