-- The URLs of a host: of the host alone. With a query right behind it, a long one would be more than the index takes.
CREATE INDEX "ioc_url_host_idx" ON "ioc"((regexp_replace(
  substring(value from '^[a-z]+://(?:[^/?#\\]*@)?([^/?#\\]*)'), ':[0-9]+$', ''))) WHERE type = 'url';
