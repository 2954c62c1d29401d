-- Six roles in the place of three. Members become analysts, who may do what members did. Somebody could be given several
-- roles at once: the greatest of them stays.
UPDATE "member" SET role = CASE
    WHEN 'owner' = ANY (string_to_array(role, ',')) THEN 'owner'
    WHEN 'admin' = ANY (string_to_array(role, ',')) THEN 'admin'
    ELSE 'analyst'
  END
  WHERE role NOT IN ('owner', 'admin');

UPDATE "invitation" SET role = CASE
    WHEN 'owner' = ANY (string_to_array(role, ',')) THEN 'owner'
    WHEN 'admin' = ANY (string_to_array(role, ',')) THEN 'admin'
    ELSE 'analyst'
  END
  WHERE role NOT IN ('owner', 'admin');

ALTER TABLE "member" ALTER COLUMN "role" SET DEFAULT 'viewer';
