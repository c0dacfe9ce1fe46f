/** Who has bytes of a filesystem whose files may share them. */
export interface SharedOwners {
  /** Inodes that have any of these bytes; undefined where it is not told, or not all of them. */
  readonly inodesOf: (start: number, length: number) => ReadonlySet<number> | undefined;
}
