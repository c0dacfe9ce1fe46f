/** Caches of servers: what they hold comes again, but the server keeps account of it and gives it back by its own limit. */
import type { CacheStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

const HEX = '[0-9a-f]';
const MD5 = HEX.repeat(32);

export const caches: readonly (StoreEntry & { readonly store: CacheStore })[] = [
  {
    store: 'nginx-cache',
    // levels=1:2, as every example has it: a key's MD5 sum below its own last digits.
    marks: [`${HEX}/${HEX}${HEX}/${MD5}`],
    programs: ['nginx'],
    levers: [{ command: 'nginx -T', does: 'shows' }],
    source: 'nginx.org: ngx_http_proxy_module, proxy_cache_path (levels, max_size, inactive)',
  },
  {
    store: 'squid-cache',
    marks: ['swap.state [0-9A-F][0-9A-F]', 'swap.state rock', 'swap.state.last-clean'],
    programs: ['squid'],
    levers: [
      { command: 'squidclient mgr:storedir', does: 'shows' },
      // It writes swap.state anew, which grows with every object until then.
      { command: 'squid -k rotate', loses: 'nothing' },
    ],
    source: 'squid-cache.org: cache_dir, cache_swap_high; Squid FAQ: swap.state, squid -k rotate',
  },
  {
    store: 'varnish-cache',
    marks: ['_.vsm_mgt', '_.vsm_child'],
    programs: ['varnishd'],
    levers: [{ command: 'varnishadm storage.list', does: 'shows' }],
    source: 'varnish-cache.org: Storage backends (file), varnishadm(1)',
  },
  {
    store: 'package-proxy',
    marks: ['.verdaccio-db.json', '_xstore/rsnap', '_expending_dat'],
    programs: ['apt-cacher-ng'],
    parts: [['package', '*']],
    levers: [{ command: 'du -sh {store}', does: 'shows' }],
    source: 'apt-cacher-ng manual: Cache cleanup; verdaccio.org: local database, storage',
  },
];
