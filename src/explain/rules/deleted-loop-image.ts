/** Images that were deleted while a loop device still uses them: bytes that no process and no tree shows. */
import { deviceNumber, deviceOf } from '../../model/file-id.ts';
import type { Proposal } from '../../model/finding.ts';
import { restOf } from '../../model/ledger.ts';
import type { Ledger } from '../../model/ledger.ts';
import { readLoopDevices } from '../../system/disks/loop-devices.ts';
import type { LoopDevice } from '../../system/disks/loop-devices.ts';
import { readSwapFiles } from '../../system/disks/swaps.ts';
import { mountOf } from '../../system/mounts/mounts.ts';
import { readProcess } from '../../system/processes/process-identity.ts';
import type { Facts } from '../facts.ts';
import type { Rule } from '../claims/rule.ts';

export const deletedLoopImage: Rule = {
  name: 'deleted-loop-image',
  find: (facts) =>
    readLoopDevices()
      .filter(({ isDeleted }) => isDeleted)
      .flatMap((loop) => {
        const mountPoint = mountOf(facts.mounts, loop.backingFile)?.mountPoint;
        const filesystem = facts.filesystems.find((one) => one.mountPoint === mountPoint);
        if (filesystem === undefined) return [];
        const bytes = bytesOf(loop, filesystem.ledger);
        return bytes < facts.worthBytes ? [] : [proposalOf(loop, bytes, facts)];
      }),
};

/** Where the filesystem tells it, what the image takes; else what no account explains bounds it: it may have holes. */
function bytesOf({ device, bytes }: LoopDevice, ledger: Ledger): number {
  const known = ledger.accounts
    .find(({ account }) => account === 'deleted-open')
    ?.detail.find(
      ({ part }) => part?.code === 'held-by-kernel' && part.by === 'loop' && part.device === device,
    );
  if (known?.bytes !== undefined) return known.bytes;
  return ledger.scope === 'path' ? 0 : Math.max(0, Math.min(bytes, restOf(ledger)));
}

function proposalOf(loop: LoopDevice, bytes: number, facts: Facts): Proposal {
  const mountPoint = facts.allMounts.find(({ device }) => device === loop.number)?.mountPoint;
  const users = mountPoint === undefined ? [] : usersOf(loop, facts);
  const isUsedElsewhere = loop.hasHolders || readSwapFiles().some(({ path }) => path === loop.device);
  const isInUse = isUsedElsewhere || users.length > 0;
  return {
    rule: 'deleted-loop-image',
    device: loop.device,
    image: loop.backingFile,
    deviceBytes: loop.bytes,
    mountPoint,
    users: users.slice(0, MOST_USERS).flatMap((pid) => readProcess(pid) ?? []),
    isUsedElsewhere,
    diskBytes: bytes,
    claimedBytes: bytes,
    freeableBytes: isInUse ? 0 : bytes,
    paths: [loop.backingFile],
    actions: isInUse
      ? []
      : [
          {
            kind: 'detach-loop',
            device: loop.device,
            mountPoint,
            frees: { bytes, certainty: 'at-least' },
            loses: 'content',
            risk: 'review',
            needs: { root: true },
          },
        ],
    risk: 'review',
  };
}

const MOST_USERS = 3;

/** Processes that hold something on the filesystem in the image. */
function usersOf({ number }: LoopDevice, { openFiles }: Facts): number[] {
  const device = deviceNumber(number);
  const held = [...openFiles.files.values()].filter(({ id }) => deviceOf(id) === device);
  return [...new Set(held.flatMap(({ holds }) => holds.map(({ pid }) => pid)))];
}
