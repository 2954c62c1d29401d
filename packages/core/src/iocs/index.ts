export * from "./observation";
