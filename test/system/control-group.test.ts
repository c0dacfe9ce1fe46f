/** Control groups: which unit and which container a process belongs to, from the paths that runtimes really make. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { containerOf, unitOf } from '../../src/system/processes/control-group.ts';

const id = '3f4e9c0a6d1b8e7f2a5c4d3b2a1908f7e6d5c4b3a2918070f6e5d4c3b2a19080';

const cases: readonly [groups: string, unit: string | undefined, container: string | undefined][] = [
  ['0::/system.slice/nginx.service\n', 'nginx.service', undefined],
  [
    '0::/user.slice/user-1000.slice/user@1000.service/app.slice/syncthing.service\n',
    'syncthing.service',
    undefined,
  ],
  ['0::/user.slice/user-1000.slice/user@1000.service/init.scope\n', 'user@1000.service', undefined],
  ['0::/user.slice/user-0.slice/session-3.scope\n', 'session-3.scope', undefined],
  [
    String.raw`0::/system.slice/system-getty.slice/getty@tty1.service` + '\n',
    'getty@tty1.service',
    undefined,
  ],
  [String.raw`0::/system.slice/a\x2db.service` + '\n', 'a-b.service', undefined],
  [`0::/system.slice/docker-${id}.scope\n`, `docker-${id}.scope`, id],
  [`12:memory:/docker/${id}\n1:name=systemd:/docker/${id}\n`, undefined, id],
  [`0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${id}.scope\n`, `cri-containerd-${id}.scope`, id],
  [`0::/kubepods/besteffort/pod81f/${id}\n`, undefined, id],
  [`0::/machine.slice/libpod-${id}.scope/container\n`, `libpod-${id}.scope`, id],
  ['0::/lxc.payload.web/system.slice/cron.service\n', 'cron.service', 'web'],
  ['0::/\n', undefined, undefined],
  ['', undefined, undefined],
];

for (const [groups, unit, container] of cases) {
  test(groups.trim() || 'no control groups', () => {
    assert.equal(unitOf(groups), unit);
    assert.equal(containerOf(groups), container);
  });
}
