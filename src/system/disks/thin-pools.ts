/** Thin pools of the device mapper: volumes that promise more than the pool has (Documentation/admin-guide/device-mapper/thin-provisioning.rst). */
import { execFile, spawnSync } from 'node:child_process';
import { fromText } from '../../model/byte-string.ts';
import type { ThinPool } from '../../model/thin-pool.ts';

/** A kernel that waits for a full pool must not keep anybody waiting. */
const TIMEOUT_MS = 3000;
const SECTOR_BYTES = 512;
/** Of the pool's metadata (DM_THIN_METADATA_BLOCK_SIZE, 8 sectors). */
const METADATA_BLOCK_BYTES = 4096;

/** Active pools; none without dmsetup(8) or for an ordinary user. */
export function readThinPools(): ThinPool[] {
  const status = dmsetup('status');
  return status === '' ? [] : parseThinPools(status, dmsetup('table'));
}

/** The same for whoever cannot wait, without having pools write their metadata for it. */
export async function askForThinPools(): Promise<ThinPool[]> {
  const status = await answered('status', '--noflush');
  return status === '' ? [] : parseThinPools(status, await answered('table'));
}

function answered(...words: readonly string[]): Promise<string> {
  return new Promise((resolve) => {
    const options = { encoding: 'utf8', timeout: TIMEOUT_MS } as const;
    const child = execFile('dmsetup', [...words, '--target', 'thin-pool'], options, (error, stdout) =>
      resolve(error ? '' : stdout),
    );
    // One that hangs in the kernel cannot be ended, and keeps nobody.
    child.unref();
  });
}

function dmsetup(command: 'status' | 'table'): string {
  return printed('dmsetup', command, '--target', 'thin-pool') ?? '';
}

/** Undefined where the program is not there, may not ask, or does not end. */
function printed(program: string, ...words: readonly string[]): string | undefined {
  const { stdout, status } = spawnSync(program, words, {
    encoding: 'utf8',
    timeout: TIMEOUT_MS,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return status === 0 ? stdout : undefined;
}

/** A pool as LVM calls it. */
export interface PoolVolume {
  readonly group: string;
  /** "GROUP/POOL", as LVM's commands take it. */
  readonly name: string;
  /** What the group has not given to any volume; undefined where LVM does not say. */
  readonly groupFreeBytes: number | undefined;
}

/** @param uuid of the pool's device. Undefined where it is not LVM's. */
export function poolVolume(name: string, uuid: string): PoolVolume | undefined {
  // A dash in a name is doubled, that between names is not.
  const parts = /^((?:[^-]|--)+)-((?:[^-]|--)+)-tpool$/u.exec(name);
  if (!uuid.startsWith('LVM-') || parts === null) return undefined;
  const [group, pool] = parts.slice(1).map((part) => part.replaceAll('--', '-'));
  const free = printed('vgs', '--noheadings', '--units', 'b', '--nosuffix', '-o', 'vg_free', group);
  return {
    group,
    name: `${group}/${pool}`,
    groupFreeBytes: free === undefined ? undefined : Number(free),
  };
}

/**
 * @param status "NAME: START LENGTH thin-pool TRANSACTION USED/TOTAL-METADATA USED/TOTAL-DATA HELD MODE …"
 * @param table "NAME: START LENGTH thin-pool METADATA DATA BLOCK-SECTORS …"
 */
export function parseThinPools(status: string, table: string): ThinPool[] {
  const blocks = new Map(
    [...table.matchAll(/^(.+): \d+ \d+ thin-pool \S+ \S+ (\d+)/gmu)].map(([, name, sectors]) => [
      name,
      Number(sectors),
    ]),
  );
  return [...status.matchAll(/^(.+): \d+ \d+ thin-pool (.*)$/gmu)].flatMap(([, name, rest]): ThinPool[] => {
    if (rest.startsWith('Fail')) return [{ ...NOTHING, name: fromText(name), state: 'failed' }];
    const [, metadata = '', data = '', , mode] = rest.split(' ');
    const [metadataUsed, metadataTotal] = metadata.split('/').map(Number);
    const [used, total] = data.split('/').map(Number);
    if (!Number.isFinite(total) || total === 0) return [];
    return [
      {
        name: fromText(name),
        usedShare: used / total,
        metadataUsedShare: metadataUsed / metadataTotal,
        totalBytes: total * (blocks.get(name) ?? 0) * SECTOR_BYTES,
        metadataBytes: metadataTotal * METADATA_BLOCK_BYTES,
        state: mode === 'out_of_data_space' ? 'out-of-space' : mode === 'ro' ? 'read-only' : 'ok',
      },
    ];
  });
}

const NOTHING = { usedShare: 0, metadataUsedShare: 0, totalBytes: 0, metadataBytes: 0 };
