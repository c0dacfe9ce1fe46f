/** Docker's volumes: who uses which, and which no container uses any more. They are data, never a cache. */
import { toText } from '../../model/byte-string.ts';
import type { Finding } from '../../model/finding.ts';
import { sizeText } from '../../model/size.ts';
import type { DockerStore } from '../docker-stores.ts';
import type { Facts } from '../facts.ts';
import type { Claims } from './claims.ts';
import { countOf, quoted, shellWord } from './wording.ts';

const MOST_SHOWN = 4;
const MOST_REMOVED = 10;

export function dockerVolumes(store: DockerStore, facts: Facts, claims: Claims): Finding[] {
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
  const unusedBytes = unused.reduce((sum, { child }) => sum + bytesOf[child], 0);
  const shown = volumes.slice(0, MOST_SHOWN).map(({ child, name, usedBy }) => {
    const use = usedBy === undefined ? (areAllKnown ? ', unused' : '') : `, used by ${usedBy.join(' and ')}`;
    return `${quoted(name)} (${sizeText(bytesOf[child])}${use})`;
  });
  return [
    {
      rule: 'container-storage',
      title: 'Docker volumes',
      diskBytes,
      claimedBytes,
      freeableBytes: unused.reduce((sum, { child }) => sum + freeableOf[child], 0),
      paths: volumes.slice(0, 20).map(({ child }) => tree.path(child)),
      evidence: [
        `${countOf(volumes.length, 'volume')}: ${shown.join(', ')}${volumes.length > MOST_SHOWN ? ' and more' : ''}`,
        !areAllKnown
          ? 'which of them no container uses could not be read'
          : unused.length === 0
            ? 'each is used by a container'
            : `no container, running or stopped, uses ${countOf(unused.length, 'of them', 'of them')}: ${sizeText(unusedBytes)}`,
      ],
      remedy:
        unused.length === 0
          ? {
              text: 'they hold the data of these containers: clear it inside them',
              command: 'docker system df -v',
            }
          : {
              text: 'volumes are data, databases often: look into the unused ones, then have Docker remove those you do not need',
              command: `docker volume rm ${unused
                .slice(0, MOST_REMOVED)
                .map(({ name }) => shellWord(name))
                .join(' ')}`,
            },
      risk: 'never',
    },
  ];
}
