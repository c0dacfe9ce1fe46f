/** The RPM package (rpm-spec(5)). */
import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ARCHITECTURES, LEAST_GLIBC } from './release-facts.ts';
import type { ReleaseFacts } from './release-facts.ts';
import { CONFIGURATION, stage } from './stage.ts';

/** rpm's names of payload formats: level and program. */
const PAYLOAD = { xz: 'w6.xzdio', none: 'w.ufdio' } as const;

/** Writes the package into `folder` and returns its path; no compression is for tests. */
export function buildRpm(
  folder: string,
  executable: string,
  facts: ReleaseFacts,
  compression: keyof typeof PAYLOAD,
  arch: string = process.arch,
): string {
  const architecture = ARCHITECTURES[arch].rpm;
  const top = mkdtempSync(path.join(tmpdir(), 'diskwhy-rpm-'));
  try {
    const staged = path.join(top, 'staged');
    mkdirSync(staged);
    stage(staged, executable, 'usr/share/zsh/site-functions', facts.epoch);
    const specFile = path.join(top, 'diskwhy.spec');
    writeFileSync(specFile, spec(facts, staged));
    const settings = {
      _topdir: top,
      _buildhost: 'localhost',
      _binary_payload: PAYLOAD[compression],
      _build_id_links: 'none',
      use_source_date_epoch_as_buildtime: '1',
      clamp_mtime_to_source_date_epoch: '1',
      debug_package: '%{nil}',
      // The executable carries its program behind what a strip would leave.
      __os_install_post: '%{nil}',
    };
    const defines = Object.entries(settings).flatMap(([name, value]) => ['--define', `${name} ${value}`]);
    execFileSync('rpmbuild', ['-bb', '--quiet', '--target', architecture, ...defines, specFile], {
      env: { ...process.env, SOURCE_DATE_EPOCH: String(facts.epoch) },
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    const name = `diskwhy-${facts.version}-1.${architecture}.rpm`;
    copyFileSync(path.join(top, 'RPMS', architecture, name), path.join(folder, name));
    return path.join(folder, name);
  } finally {
    rmSync(top, { recursive: true });
  }
}

function spec({ version, summary }: ReleaseFacts, staged: string): string {
  return `Name: diskwhy
Version: ${version}
Release: 1
Summary: Says why a disk is full, and what can be given back
License: MIT
Group: Applications/System
AutoReqProv: no
Requires: glibc >= ${LEAST_GLIBC}, libstdc++, libgcc

%description
${summary}
One executable that brings its own Node. Reports read and write nothing.

%install
cp -a ${staged}/. %{buildroot}/

%files
%defattr(-,root,root,-)
/usr/bin/diskwhy
%dir /etc/diskwhy
%config(noreplace) /${CONFIGURATION}
%doc /usr/share/doc/diskwhy
/usr/lib/systemd/system/diskwhy-*
/usr/share/diskwhy
/usr/share/man/man1/*
/usr/share/bash-completion/completions/diskwhy
/usr/share/zsh/site-functions/_diskwhy
/usr/share/fish/vendor_completions.d/diskwhy.fish
/usr/lib/systemd/system/diskwhy-snapshot@.service
/usr/lib/systemd/system/diskwhy-snapshot@.timer
`;
}
