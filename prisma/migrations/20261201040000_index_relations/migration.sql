-- The indicators of a technique: ids first, in no order, and the latest where there are very many. Most rows have none.
CREATE INDEX "ioc_mitre_techniques_idx" ON "ioc" USING GIN ((mitre_techniques)) WHERE mitre_techniques <> '{}';
CREATE INDEX "ioc_technique_last_seen_idx" ON "ioc"((last_seen), "id") WHERE mitre_techniques <> '{}';

-- The indicators of a malware family, however it is written.
CREATE INDEX "ioc_family_idx" ON "ioc"((lower(malware_family))) WHERE malware_family IS NOT NULL;

-- CreateIndex
CREATE INDEX "article_threat_actors_malware_families_idx" ON "article" USING GIN ("threat_actors", "malware_families");
