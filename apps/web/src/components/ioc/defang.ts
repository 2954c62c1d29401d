import { iocTypeCatalog } from "@tocsin/core/values/ioc-types";
import type { IocType } from "./ioc-labels";

/** The value as it can be pasted into a mail or a ticket without becoming a link; a hash or a CVE stays as it is. */
export function defang(type: IocType, value: string): string {
  return iocTypeCatalog[type].defang?.(value) ?? value;
}

/** Whether `defang` changes values of this type. */
export function canDefang(type: IocType): boolean {
  return iocTypeCatalog[type].defang !== null;
}
