import { iocTypeCatalog, isIocType } from "@tocsin/core/values/ioc-types";

/** The value as it can be pasted into a mail or a ticket without becoming a link; a hash or a CVE stays as it is. */
export function defang(type: string, value: string): string {
  return defangerOf(type)?.(value) ?? value;
}

/** Whether `defang` changes values of this type. */
export function canDefang(type: string): boolean {
  return defangerOf(type) !== null;
}

function defangerOf(type: string) {
  return isIocType(type) ? iocTypeCatalog[type].defang : null;
}
