/** The ledger's notes and parts: values in JSON, a sentence beside them, one and many told apart. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fromText } from '../../src/model/byte-string.ts';
import type { Filesystem } from '../../src/model/filesystem.ts';
import type { Account } from '../../src/model/ledger.ts';
import type { LedgerNote } from '../../src/model/ledger-note.ts';
import { filesystemJson } from '../../src/render/json/filesystem.ts';
import { ledgerNoteText } from '../../src/render/words/ledger.ts';

const sentences: readonly (readonly [LedgerNote, string])[] = [
  [{ code: 'excluded', entries: 1 }, '1 entry was left out by --exclude'],
  [{ code: 'excluded', entries: 2000 }, '2,000 entries were left out by --exclude'],
  [
    { code: 'mounts-not-looked-under', mounts: 1 },
    '1 mount may hide files written before it was mounted; sudo shows them',
  ],
  [
    { code: 'mounts-not-looked-under', mounts: 3 },
    '3 mounts may hide files written before they were mounted; sudo shows them',
  ],
  [
    { code: 'processes-hidden', hidden: 214, of: 260, isRoot: false },
    '214 of 260 processes are not visible to you; sudo shows them',
  ],
  [
    { code: 'processes-hidden', hidden: 2, of: 260, isRoot: true },
    '2 of 260 processes are not visible to you, though you are root: the system withholds them',
  ],
  [
    { code: 'not-committed' },
    'what was changed since the last commit, mostly less than half a minute ago, may count as it was before',
  ],
  [{ code: 'unreadable-places', places: 1 }, 'what lies in 1 unreadable place is not known'],
  [{ code: 'device-unreadable', type: 'ext4' }, "ext4's own inodes are not known: its device cannot be read"],
  [{ code: 'filesystem-silent', type: 'xfs' }, 'XFS did not tell what it keeps for itself'],
];

test('a note is said as its values are', () => {
  for (const [note, sentence] of sentences) assert.equal(ledgerNoteText(note), sentence);
});

test('JSON has the values beside the sentence', () => {
  const account: Account = {
    account: 'hidden-under-mounts',
    bytes: 4096,
    complete: false,
    note: { code: 'partly-unreadable' },
    detail: [
      {
        path: fromText('/mnt'),
        bytes: 4096,
        part: { code: 'under-mount', entries: 1, type: 'tmpfs' },
        holders: [],
      },
      { path: undefined, bytes: 0, part: undefined, holders: [] },
    ],
  };
  const filesystem = {
    mountPoint: fromText('/'),
    device: fromText('/dev/vda'),
    ledger: { scope: 'filesystem', accounts: [account] },
  } as unknown as Filesystem;
  assert.deepEqual(filesystemJson(filesystem), {
    mountPoint: '/',
    device: '/dev/vda',
    btrfs: null,
    ledger: {
      scope: 'filesystem',
      accounts: [
        {
          account: 'hidden-under-mounts',
          bytes: 4096,
          complete: false,
          note: 'not all of it could be read',
          noteFacts: { code: 'partly-unreadable' },
          detail: [
            {
              path: '/mnt',
              bytes: 4096,
              text: '1 entry under the tmpfs mounted there',
              facts: { code: 'under-mount', entries: 1, type: 'tmpfs' },
              holders: [],
            },
            { path: null, bytes: 0, text: null, facts: null, holders: [] },
          ],
        },
      ],
    },
  });
});
