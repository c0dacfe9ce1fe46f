/** The door of the listing: what is right in one directory, sorted and filtered. */
export { EMPTY_LISTING, nameAt, ROW_FLAG, ROW_KIND, rowOf } from './listing-columns.ts';
export type { Listing } from './listing-columns.ts';
export { ListingBuilder } from './listing-builder.ts';
export type { ListedRow } from './listing-builder.ts';
export { orderOf } from './order.ts';
export type { Sorting, SortKey } from './order.ts';
