-- The URLs of a host: of the host alone. With a query right behind it, a long one was more than the index takes, and the ingest failed.
DROP INDEX "ioc_url_host_idx";
CREATE INDEX "ioc_url_host_idx" ON "ioc"((regexp_replace(
  substring(value from '^[a-z]+://(?:[^/?#\\]*@)?([^/?#\\]*)'), ':[0-9]+$', ''))) WHERE type = 'url';
