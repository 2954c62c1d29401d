-- A workspace keeps an owner. Whoever asks whether somebody else owns it and then takes a role away asks too early: of two
-- owners who go at once, each sees the other. The second waits here for the first, and is refused.
CREATE FUNCTION "member_keeps_an_owner"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'UPDATE' THEN
    IF NEW.workspace_id = OLD.workspace_id AND 'owner' = ANY (string_to_array(NEW.role, ',')) THEN
      RETURN NEW;
    END IF;
  END IF;
  -- Where the workspace itself is going, nobody has to own it.
  PERFORM 1 FROM workspace WHERE id = OLD.workspace_id FOR UPDATE;
  IF FOUND AND NOT EXISTS (
    SELECT 1 FROM member
    WHERE workspace_id = OLD.workspace_id AND id <> OLD.id AND 'owner' = ANY (string_to_array(role, ','))
  ) THEN
    RAISE EXCEPTION 'member_keeps_an_owner: a workspace keeps an owner'
      USING ERRCODE = 'check_violation', CONSTRAINT = 'member_keeps_an_owner';
  END IF;
  IF TG_OP = 'DELETE' THEN
    RETURN OLD;
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "member_keeps_an_owner" BEFORE DELETE OR UPDATE OF role, workspace_id ON "member"
  FOR EACH ROW WHEN ('owner' = ANY (string_to_array(OLD.role, ','))) EXECUTE FUNCTION "member_keeps_an_owner"();
