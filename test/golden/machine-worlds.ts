/** Whole machines: package managers, servers, containers, journals, kernels, other users' homes. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { release } from 'node:os';
import { otherUsersCaches } from '../../fixtures/rules/app-cache.ts';
import { containerTree, noContainerTree } from '../../fixtures/rules/container-storage.ts';
import { coreDumpTree, noCoreDumpTree } from '../../fixtures/rules/core-dumps.ts';
import { databaseTree, noDatabaseTree } from '../../fixtures/rules/database-logs.ts';
import { journalTree, noJournalTree } from '../../fixtures/rules/journald.ts';
import { kernelTree, snapTree } from '../../fixtures/rules/old-kernels-and-snaps.ts';
import { noPackageCaches, packageCaches } from '../../fixtures/rules/package-cache.ts';
import { noRotatedLogsTree, rotatedLogsTree } from '../../fixtures/rules/rotated-logs-kept.ts';
import { machineLogTree } from '../../fixtures/rules/runaway-log.ts';
import { swapFiles } from '../../fixtures/rules/swap-file.ts';
import { nowSeconds } from '../support/judged.ts';
import type { OtherRoot } from '../support/other-root.ts';
import { needsTool } from '../support/requirements.ts';
import { merged, onMachine } from './world.ts';
import type { World } from './world.ts';

/** The smallest header that makes a core dump (elf(5)): 64 bits, little-endian, ET_CORE. */
const CORE = '\u007FELF\u0002\u0001\u0001'.padEnd(16, '\0') + '\u0004\0\u003E\0'.padEnd(48, '\0');
/** One more than any process has (PID_MAX_LIMIT of Linux). */
const NO_PID = 4_194_304;
const INIT = 1;

function makeSwap(machine: OtherRoot): void {
  for (const name of ['swapfile', 'swap/second'])
    execFileSync('mkswap', [`${machine.path}/${name}`], { stdio: 'ignore' });
  mkdirSync(`${machine.path}/etc`);
  writeFileSync(`${machine.path}/etc/fstab`, '/swap/second none swap sw 0 0\n');
}

const kernels = ['1.0.0-9-amd64', '1.0.0-28-amd64'];

export const machineWorlds: readonly World[] = [
  onMachine('package-cache', packageCaches),
  onMachine('container-storage', containerTree),
  onMachine('core-dumps', coreDumpTree(CORE)),
  onMachine('database-logs', () => databaseTree(nowSeconds(), NO_PID)),
  onMachine('journald', () => journalTree(nowSeconds())),
  onMachine('old-kernels', kernelTree([...kernels, release(), '999.0.0-1-amd64'])),
  onMachine('old-kernels-near-misses', kernelTree(['1.0.0-9-amd64', release()])),
  onMachine('old-snaps', snapTree),
  onMachine('rotated-logs-kept', () => rotatedLogsTree(nowSeconds())),
  onMachine('machine-logs', machineLogTree),
  onMachine('swap-file', swapFiles, { arrange: makeSwap, skip: needsTool('mkswap') }),
  onMachine('machine-near-misses', () =>
    merged(
      noPackageCaches,
      noContainerTree,
      noCoreDumpTree,
      noDatabaseTree(INIT),
      noJournalTree,
      noRotatedLogsTree(nowSeconds()),
    ),
  ),
  onMachine('other-users-caches', otherUsersCaches, {
    arrange: (machine) =>
      writeFileSync(`${machine.path}/etc/passwd`, 'alice:x:1000:1000::/home/alice:/bin/sh\n'),
  }),
];
