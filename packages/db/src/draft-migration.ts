import { printSchemaChange } from "./schema-change";

// Prints the SQL that leads from the migrations to the models: the draft of the next migration.
process.stdout.write(await printSchemaChange());
