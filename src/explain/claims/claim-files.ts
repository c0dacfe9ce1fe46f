/** Claims files that a rule found by reading a directory, which the scan's lists know only where they are large. */
import type { DirectoryFile } from '../../system/directories/directory-files.ts';
import type { Facts } from '../facts.ts';
import type { Claim, Claims } from './claims.ts';

/** Claims those of `files`, all directly in `directory`, that no earlier rule has claimed. */
export function claimFiles(
  { scan }: Facts,
  claims: Claims,
  directory: number,
  files: readonly DirectoryFile[],
): Claim {
  const ranked = new Map(
    scan.largestFiles.filter((file) => file.directory === directory).map((file) => [file.name, file]),
  );
  let diskBytes = 0;
  let claimedBytes = 0;
  let unranked = 0;
  for (const { name, diskBytes: bytes } of files) {
    diskBytes += bytes;
    const file = ranked.get(name);
    if (file) claimedBytes += claims.file(file).claimedBytes;
    else unranked += bytes;
  }
  if (unranked > 0) claimedBytes += claims.part(directory, unranked).claimedBytes;
  return { diskBytes, claimedBytes };
}

/** Those of `files`, all directly in `directory`, that no finding explains yet. */
export function unclaimedFiles(
  { scan }: Facts,
  claims: Claims,
  directory: number,
  files: readonly DirectoryFile[],
): readonly DirectoryFile[] {
  if (claims.isClaimed(directory)) return [];
  const claimed = new Set(
    scan.largestFiles
      .filter((file) => file.directory === directory && claims.isFileClaimed(file))
      .map(({ name }) => name),
  );
  return files.filter(({ name }) => !claimed.has(name));
}
