-- Whoever does not learn whether a batch of usage was stored sends it again under the same number: it counts once.
CREATE TABLE usage_batch (
  recorder UUID NOT NULL,
  last BIGINT NOT NULL,
  written_at TIMESTAMPTZ(3) NOT NULL DEFAULT CURRENT_TIMESTAMP,
  CONSTRAINT usage_batch_pkey PRIMARY KEY (recorder)
);
