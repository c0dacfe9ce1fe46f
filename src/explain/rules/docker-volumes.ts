/** Docker's volumes: who uses which, and which no container uses any more. They are data, never a cache. */
import type { Action } from '../../model/action.ts';
import { fromText, toText } from '../../model/byte-string.ts';
import type { ByteString } from '../../model/byte-string.ts';
import type { Proposal } from '../../model/finding.ts';
import type { DockerStore } from '../stores/docker-stores.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from '../claims/claims.ts';
import { looking } from '../claims/looking.ts';

const MOST_REMOVED = 10;

export function dockerVolumes(store: DockerStore, facts: Facts, claims: Claims): Proposal[] {
  const { tree } = facts.scan;
  const { volumes: directory, containers, areAllKnown } = store;
  if (directory === undefined || claims.unclaimedBytes(directory) < facts.worthBytes) return [];
  const { diskBytes: bytesOf, freeableBytes: freeableOf } = tree.columns;
  const users = new Map<string, string[]>();
  for (const { container } of containers) {
    for (const volume of container?.volumes ?? []) {
      const names = users.get(volume);
      if (names) names.push(container!.name);
      else users.set(volume, [container!.name]);
    }
  }
  const volumes = [...tree.children(directory)]
    .map((child) => ({ child, name: tree.name(child), usedBy: users.get(toText(tree.name(child))) }))
    .toSorted((a, b) => bytesOf[b.child] - bytesOf[a.child]);
  const unused = areAllKnown ? volumes.filter(({ usedBy }) => usedBy === undefined) : [];
  const { diskBytes, claimedBytes } = claims.directory(directory);
  const freeableBytes = unused.reduce((sum, { child }) => sum + freeableOf[child], 0);
  return [
    {
      rule: 'container-storage',
      kind: 'volumes',
      volumes: volumes.map(({ child, name, usedBy = [] }) => ({
        name,
        diskBytes: bytesOf[child],
        usedBy: usedBy.map(fromText),
      })),
      unused: unused.length,
      unusedBytes: unused.reduce((sum, { child }) => sum + bytesOf[child], 0),
      areAllKnown,
      diskBytes,
      claimedBytes,
      freeableBytes,
      paths: volumes.slice(0, 20).map(({ child }) => tree.path(child)),
      actions:
        unused.length === 0
          ? [looking('docker', 'system', 'df', '-v')]
          : [
              removal(
                unused.slice(0, MOST_REMOVED).map(({ name, child }) => ({ name, bytes: freeableOf[child] })),
              ),
            ],
      risk: 'never',
    },
  ];
}

function removal(volumes: readonly { readonly name: ByteString; readonly bytes: number }[]): Action {
  return {
    kind: 'owner-command',
    owner: 'docker',
    argv: [...(['docker', 'volume', 'rm'] as ByteString[]), ...volumes.map(({ name }) => name)],
    actsOn: 'running',
    hasBlanks: false,
    frees: { bytes: volumes.reduce((sum, { bytes }) => sum + bytes, 0), certainty: 'at-least' },
    loses: 'content',
    risk: 'review',
  };
}
