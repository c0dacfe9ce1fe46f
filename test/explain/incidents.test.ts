/** Incidents of full disks: the cause is named in the first two findings of its place, and no command destroys anything. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { applications } from '../../fixtures/incidents/applications.ts';
import { databases } from '../../fixtures/incidents/databases.ts';
import type { Incident } from '../../fixtures/incidents/incident.ts';
import { disbelieved } from '../../fixtures/incidents/disbelieved.ts';
import { leftovers } from '../../fixtures/incidents/leftovers.ts';
import { reported } from '../../fixtures/incidents/reported.ts';
import { services } from '../../fixtures/incidents/services.ts';
import type { Action } from '../../src/model/action.ts';
import { explainTree, spoken } from '../support/explain-tree.ts';
import type { SpokenFinding } from '../support/explain-tree.ts';
import { needsMount } from '../support/requirements.ts';
import { ruleDisk } from '../support/rule-disk.ts';
import { directory } from '../support/tree.ts';

const CHANGES: ReadonlySet<Action['kind']> = new Set([
  'delete-files',
  'delete-directories',
  'delete-with-diskwhy',
  'empty-file',
  'empty-descriptor',
]);

/** What owners' commands must not be there either. */
const THROWS_AWAY = /--force(?!.*--older-than)|clean eventdata|delete-untagged|\brm -r|volume rm/u;

const families: Readonly<Record<string, readonly Incident[]>> = {
  databases,
  applications,
  leftovers,
  services,
  reported,
  disbelieved,
};

suite('incidents', { skip: needsMount }, () => {
  for (const [family, incidents] of Object.entries(families))
    test(`${family}: ${incidents.length}`, async () => {
      using disk = await ruleDisk(
        Object.fromEntries(incidents.map(({ tree }, index) => [`place-${index}`, directory(tree)])),
      );
      const { findings, generatedAt } = await explainTree(disk.path, { top: 100 });
      for (const [index, { what, named, mayGo }] of incidents.entries()) {
        const place = `${disk.path}/place-${index}`;
        const own = findings
          .filter(({ rule, paths: [path] }) => rule !== 'recent-growth' && isIn(path, place))
          .map((finding): SpokenFinding => spoken(finding, generatedAt));
        const said = own.slice(0, 2).map(({ title, evidence }) => [title, ...evidence].join('; '));
        assert.ok(
          said.some((one) => named.test(one)),
          `${what}: ${said.join(' | ')}`,
        );
        for (const { remedies } of own)
          for (const { action, line = '' } of remedies) {
            const isHarm = CHANGES.has(action.kind) ? mayGo?.test(line) !== true : THROWS_AWAY.test(line);
            assert.ok(!isHarm, `${what}: ${line}`);
          }
      }
    });
});

function isIn(path: string | undefined, place: string): boolean {
  return path === place || path?.startsWith(`${place}/`) === true;
}
