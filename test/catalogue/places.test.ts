/** Homes and variables lead to the places they should, and to none that would endanger somebody else's files. */
import assert from 'node:assert/strict';
import { suite, test } from 'node:test';
import { catalogue, type Household, placesToLook } from '../../src/catalogue/catalogue.ts';
import { placesOf } from '../../src/catalogue/places.ts';
import { claimedBy, linux, mac } from './household.ts';

const roots = (id: string, household: Household): string[] =>
  placesToLook(household)
    .filter((place) => place.entry.id === id)
    .map(({ root, glob }) => (glob === '' ? root : `${root} + ${glob}`));

const withEnvironment = (environment: Household['environment']): Household => ({ ...linux, environment });

suite('places to look at', () => {
  test('one per home where nothing is set', () => {
    assert.deepEqual(roots('pip-cache', linux), ['/home/ada/.cache/pip', '/root/.cache/pip']);
    assert.deepEqual(roots('pip-cache', mac), ['/Users/ada/Library/Caches/pip']);
  });

  test('globs are left to the caller, below a plain root', () => {
    assert.deepEqual(roots('flatpak-app-cache', linux), [
      '/home/ada/.var/app + */cache',
      '/root/.var/app + */cache',
    ]);
  });

  test('a variable adds a place and the default ones stay', () => {
    const household = withEnvironment({ PIP_CACHE_DIR: '/mnt/pip/' });
    assert.deepEqual(roots('pip-cache', household).toSorted(), [
      '/home/ada/.cache/pip',
      '/mnt/pip',
      '/root/.cache/pip',
    ]);
    assert.equal(claimedBy('/mnt/pip', { household }), 'pip-cache');
  });

  test('variables build on each other', () => {
    const household = withEnvironment({
      XDG_CACHE_HOME: '/mnt/cache',
      GOPATH: '/mnt/go:/srv/go',
      HF_HOME: '/mnt/hf',
    });
    assert.equal(claimedBy('/mnt/cache/uv', { household }), 'uv-cache');
    assert.equal(claimedBy('/mnt/hf/hub', { household }), 'huggingface-hub');
    assert.equal(claimedBy('/mnt/go/pkg/mod', { household }), 'go-module-cache');
    assert.equal(claimedBy('/srv/go/pkg/mod', { household }), 'go-module-cache');
  });

  test('npm_config_cache moves all that npm keeps, in either case', () => {
    for (const name of ['npm_config_cache', 'NPM_CONFIG_CACHE']) {
      const household = withEnvironment({ [name]: '/mnt/npm' });
      assert.equal(claimedBy('/mnt/npm/_cacache', { household }), 'npm-cacache');
      assert.equal(claimedBy('/mnt/npm', { household }), undefined);
    }
  });

  test('relative, empty and climbing values are ignored', () => {
    for (const value of ['', 'cache', './cache', '/mnt/../home/ada', '~/cache']) {
      assert.deepEqual(
        roots('go-build-cache', withEnvironment({ GOCACHE: value })),
        roots('go-build-cache', linux),
        value,
      );
    }
  });

  test('a variable does not turn a shared directory, a home or a parent of other places into a cache', () => {
    for (const value of [
      '/',
      '/tmp',
      '/var/tmp',
      '/home',
      '/home/ada',
      '/home/ada/.cache',
      '/root',
      '/var/lib',
      '/mnt',
    ]) {
      const household = withEnvironment({ GOCACHE: value, PIP_CACHE_DIR: value, CARGO_TARGET_DIR: value });
      assert.deepEqual(roots('pip-cache', household), roots('pip-cache', linux), value);
      assert.notEqual(claimedBy(value, { household }), 'pip-cache', value);
    }
  });

  test('a variable does not make one place another: the known owner stays', () => {
    const household = withEnvironment({ GOCACHE: '/var/lib/mysql', XDG_CACHE_HOME: '/home/ada/.config' });
    assert.equal(claimedBy('/var/lib/mysql', { household }), 'mysql-data');
    assert.equal(claimedBy('/home/ada/.config/google-chrome', { household }), undefined);
    assert.equal(claimedBy('/home/ada/.config/pip', { household }), 'pip-cache');
  });

  test('a directory of its own right below / is accepted: containers do that', () => {
    const household = withEnvironment({ PLAYWRIGHT_BROWSERS_PATH: '/ms-playwright' });
    assert.equal(claimedBy('/ms-playwright', { household }), 'playwright-browsers');
  });

  test('glob signs in a home or a variable are plain text', () => {
    const household: Household = {
      platform: 'linux',
      homes: ['/home/[a]*'],
      environment: { GOCACHE: '/mnt/go*' },
    };
    assert.equal(claimedBy('/home/[a]*/.cache/pip', { household }), 'pip-cache');
    assert.equal(claimedBy('/home/abc/.cache/pip', { household }), undefined);
    assert.equal(claimedBy('/home/[a]*/.config/Code/Cache', { household }), 'vscode-caches');
    assert.equal(claimedBy('/mnt/go*', { household }), 'go-build-cache');
    assert.equal(claimedBy('/mnt/gone', { household }), undefined);
  });

  test('homes are kept as bytes: what goes in comes out', () => {
    const home = '/home/\xff\n\x1b[31m';
    assert.ok(
      roots('pip-cache', { platform: 'linux', homes: [home], environment: {} }).includes(
        `${home}/.cache/pip`,
      ),
    );
  });

  test('relative homes are ignored', () => {
    assert.deepEqual(roots('pip-cache', { platform: 'linux', homes: ['', 'ada'], environment: {} }), []);
  });

  test('no place that may simply be deleted contains one that may not, unless it keeps it', () => {
    for (const household of [linux, mac]) {
      const places = placesOf(household, catalogue).filter((place) => !place.floating && place.glob === '');
      const careful = places.filter(({ entry }) => 'BDX'.includes(entry.class));
      const wrong = places
        .filter(({ entry }) => entry.class === 'A')
        .flatMap(({ entry, root }) =>
          careful
            .filter((other) => other.root.startsWith(`${root}/`))
            .filter((other) => !entry.keep?.includes(other.root.slice(root.length + 1).split('/')[0]))
            .map((other) => `${entry.id} (${root}) contains ${other.entry.id} (${other.root})`),
        );
      assert.deepEqual(wrong, []);
    }
  });
});
