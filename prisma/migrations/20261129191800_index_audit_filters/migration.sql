-- CreateIndex
CREATE INDEX "audit_event_workspace_id_action_id_idx" ON "audit_event"("workspace_id", "action", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_workspace_id_actor_id_id_idx" ON "audit_event"("workspace_id", "actor_id", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_workspace_id_outcome_id_idx" ON "audit_event"("workspace_id", "outcome", "id" DESC);

-- CreateIndex
CREATE INDEX "audit_event_workspace_id_at_idx" ON "audit_event"("workspace_id", "at" DESC);
