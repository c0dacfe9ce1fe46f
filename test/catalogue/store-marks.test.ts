/** Marks that tell two programs apart which call their directories alike. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { markedStore } from '../../src/catalogue/catalogue.ts';

test("Artifactory's objects are called by their SHA-1, Suricata's files by their SHA-256", () => {
  const store = (digest: string): string | undefined =>
    markedStore({
      names: ['filestore', 'eve.json'],
      directories: ['filestore'],
      namesIn: (path) => new Set([path === 'filestore' ? '0a' : digest]),
      startOf: () => undefined,
    })?.store;
  assert.equal(store('0a'.repeat(20)), 'artifactory');
  assert.equal(store('0a'.repeat(32)), undefined);
});
