/** Owners' commands of places: as the user whose home it is, and none where nobody could run them. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { catalogueMatcher } from '../../src/catalogue/catalogue.ts';
import { fromText } from '../../src/model/byte-string.ts';
import { ownerActions } from '../../src/remedies/remedies.ts';

const accounts = [
  { name: fromText('root'), uid: 0, home: fromText('/root') },
  { name: fromText('ann'), uid: 1000, home: fromText('/home/ann') },
];

function userOf(home: string): string | undefined {
  const matcher = catalogueMatcher({ platform: 'linux', homes: [home], environment: {} });
  const path = fromText(`${home}/.cache/pip`);
  const entry = matcher.claim(path, 'directory', () => [])!;
  const [action] = ownerActions(entry, path, accounts, 1);
  return action === undefined ? 'nobody' : action.needs?.user;
}

test("a cache command clears the cache of whoever runs it, so it is run by the cache's owner or not told", () => {
  assert.equal(userOf('/home/ann'), 'ann');
  assert.equal(userOf('/root'), undefined);
  assert.equal(userOf('/srv/builds'), undefined);
  assert.equal(userOf('/home/gone'), 'nobody');
});
