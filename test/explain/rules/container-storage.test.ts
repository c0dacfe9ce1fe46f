/** Container logs by name, volumes by use, and stores that are the engine's. */
import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { containerTree, noContainerTree } from '../../../fixtures/rules/container-storage.ts';
import { findingsOf } from '../../support/explain-tree.ts';
import { mount } from '../../support/mounted.ts';
import { needsOtherRoot, otherRoot } from '../../support/other-root.ts';
import { needsMount } from '../../support/requirements.ts';
import { ruleDisk } from '../../support/rule-disk.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { directory, file } from '../../support/tree.ts';

const MIB = 2 ** 20;

test(
  'logs, volumes and layers of Docker are told apart, Podman beside them',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(containerTree);
    const findings = await machine.findings('container-storage');
    assert.deepEqual(findings.map(({ title, risk }) => `${risk}: ${title}`).toSorted(), [
      'never: Docker images and layers',
      'never: Docker volumes',
      'never: written inside containers, not into volumes',
      'review: buildx builders',
      'review: container logs',
    ]);
    // Podman's storage is told by what lies in it.
    const [podman] = await machine.findings('store');
    assert.match(`${podman.risk}: ${podman.title}`, /^never: Podman/u);
    const [logs, volumes, layers] = ['container logs', 'Docker volumes', 'Docker images and layers'].map(
      (title) => findings.find((finding) => finding.title === title)!,
    );
    assert.equal(logs.claimedBytes, 4 * MIB);
    assert.deepEqual(logs.evidence, [
      'web (nginx:1.27): 3.0 MiB, db (postgres:17): 1.0 MiB',
      'no max-size is set for 1 of them: Docker never rotates such a log',
    ]);
    // These logs are no text, so nobody is told to empty them.
    assert.equal(logs.remedy.command, null);
    assert.deepEqual([logs.freeableBytes, logs.refused[0].reason], [0, 'not-a-log']);
    assert.equal(volumes.freeableBytes, 4 * MIB);
    assert.match(volumes.evidence[0], /old data \(4\.0 MiB, unused\), pgdata \(2\.0 MiB, used by db\)/u);
    assert.equal(volumes.remedy.command, "docker volume rm 'old data'");
    assert.match(layers.evidence[0], /overlay2 5\.0 MiB/u);
    const written = findings.find(({ title }) => title.startsWith('written inside'))!;
    assert.equal(written.claimedBytes >= 3 * MIB, true);
    assert.match(
      written.evidence[0],
      /^web \(nginx:1\.27\): 3\.0 MiB, 3\.0 MiB of it in its \/var\/cache\/nginx$/u,
    );
    assert.equal(written.remedy.command, 'docker exec web ls -lA /var/cache/nginx');
    assert.equal(layers.evidence[1], '2 containers, 1 of them running');
    assert.equal(layers.freeableBytes, 0);
    // Podman's storage and the database in a volume are stores like any other.
    const stores = await machine.findings('store');
    assert.deepEqual(stores.map(({ paths, risk }) => `${risk}: ${paths[0]}`).toSorted(), [
      'never: /srv/docker/volumes/pgdata/_data',
      'never: /var/lib/containers/storage',
    ]);
  },
);

test(
  'directories of these names make no Docker, and an empty one is not worth a line',
  { skip: needsOtherRoot },
  async () => {
    using machine = await otherRoot(noContainerTree);
    assert.deepEqual(await machine.findings('container-storage'), []);
  },
);

test(
  'what is written into a mounted overlay is told by where the container has it',
  { skip: needsMount },
  async () => {
    using disk = await ruleDisk({
      overlay: directory({
        layer: directory({ diff: directory({}), work: directory({}) }),
        lower: directory({ app: file(10) }),
      }),
    });
    const id = 'e'.repeat(64);
    using elsewhere = tempFolder();
    mkdirSync(`${elsewhere.path}/${id}/rootfs`, { recursive: true });
    const at = `${disk.path}/overlay`;
    using root = mount(
      `${elsewhere.path}/${id}/rootfs`,
      '-t',
      'overlay',
      'overlay',
      '-o',
      `lowerdir=${at}/lower,upperdir=${at}/layer/diff,workdir=${at}/layer/work`,
    );
    mkdirSync(`${root.path}/var/tmp`, { recursive: true });
    writeFileSync(`${root.path}/var/tmp/export.csv`, Buffer.alloc(5 * MIB));
    const [finding] = await findingsOf('container-storage', disk.path);
    assert.equal(finding.kind, 'written-inside');
    const [container] = finding.containers;
    assert.deepEqual([container.id, container.place], [id, '/var/tmp']);
    assert.ok(container.diskBytes >= 5 * MIB);
    assert.deepEqual(finding.remedies, []);
  },
);
