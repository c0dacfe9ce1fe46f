/** Caches of servers. */
import type { CacheStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const caches: Readonly<Record<CacheStore, StoreWords>> = {
  'nginx-cache': {
    name: 'nginx cache',
    gives:
      'lower max_size and inactive of its proxy_cache_path (or fastcgi_cache_path) and reload nginx: its cache manager removes the rest within minutes',
    never: 'never single files while nginx serves from it: it counts what it keeps',
  },
  'squid-cache': {
    name: 'Squid cache',
    gives:
      'lower the size of its cache_dir and run squid -k reconfigure: Squid removes what is too much by itself; a swap.state that has grown is written anew by squid -k rotate',
    never: 'never files below it or swap.state while Squid runs',
  },
  'varnish-cache': {
    name: 'Varnish cache',
    gives:
      'its file has the size that -s file,PATH,SIZE of varnishd asks for: start it with a smaller one, the cache is made anew at each start',
    never: 'never the file while varnishd runs: it is mapped',
  },
  'package-proxy': {
    name: 'packages that a proxy keeps for others',
    gives:
      'let it expire what no index lists any more (apt-cacher-ng: acngtool maint; Verdaccio: npm unpublish what was published here)',
    never: 'packages that were published here are nowhere else',
  },
};
