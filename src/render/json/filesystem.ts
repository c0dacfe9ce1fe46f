/** A filesystem and its ledger as JSON. */
import { toText } from '../../model/byte-string.ts';
import type { Filesystem } from '../../model/filesystem.ts';
import type { FileHolder } from '../../model/ledger.ts';
import { processName } from '../../model/process.ts';
import { ledgerNoteText, ledgerPartText } from '../words/ledger.ts';
import { factsJson } from './facts.ts';
import { pathJson } from './path.ts';

export function filesystemJson({ mountPoint, device, ledger, btrfs, ...rest }: Filesystem) {
  return {
    mountPoint: toText(mountPoint),
    device: toText(device),
    ...rest,
    btrfs: btrfs === undefined ? null : factsJson(btrfs),
    ledger: {
      scope: ledger.scope,
      accounts: ledger.accounts.map(({ note, detail, ...account }) => ({
        ...account,
        bytes: account.bytes ?? null,
        note: note === undefined ? null : ledgerNoteText(note),
        noteFacts: note === undefined ? null : factsJson(note),
        detail: detail.map(({ path, bytes, part, holders }) => ({
          ...(path === undefined ? { path: null } : pathJson(path)),
          bytes: bytes ?? null,
          text: part === undefined ? null : ledgerPartText(part),
          facts: part === undefined ? null : factsJson(part),
          holders: holders.map(holderJson),
        })),
      })),
    },
  };
}

function holderJson({ process, descriptors, mapped }: FileHolder) {
  const { pid, unit, container, residentBytes, sharedBytes, virtualBytes, commandLine } = process;
  return {
    pid,
    command: processName(process),
    commandLine: commandLine.map(toText),
    unit: unit ?? null,
    container: container ?? null,
    residentBytes,
    sharedBytes,
    virtualBytes,
    descriptors,
    mapped,
  };
}
