/** Go: build cache, module cache, linters. */
import type { CatalogueEntry } from '../entry.ts';

export const go: readonly CatalogueEntry[] = [
  {
    id: 'go-build-cache',
    row: 117,
    what: 'Go build cache',
    class: 'A',
    paths: ['$GOCACHE'],
    usedBy: ['go', 'gopls'],
    command: 'go clean -cache',
    traps: ['it trims itself: entries unused for five days go', '`-testcache` and `-fuzzcache` clean less'],
    source: 'go help clean; go 1 sources, cmd/go/internal/cache',
  },
  {
    id: 'go-module-cache',
    row: 118,
    what: 'Go module cache',
    class: 'B',
    paths: ['$GOMODCACHE'],
    command: 'go clean -modcache',
    traps: ['its directories are read-only (0555): plain deletion fails halfway'],
    source: 'go help clean; go 1 sources, cmd/go/internal/modfetch',
  },
  {
    id: 'golangci-lint-cache',
    row: 119,
    what: 'golangci-lint cache',
    class: 'A',
    paths: ['$GOLANGCI_LINT_CACHE'],
    usedBy: ['golangci-lint'],
    command: 'golangci-lint cache clean',
    source: 'golangci-lint#734',
  },
  {
    id: 'go-tool-caches',
    row: 119,
    what: 'gopls and staticcheck caches',
    class: 'C',
    paths: ['$STATICCHECK_CACHE'],
    linux: ['$XDG_CACHE_HOME/gopls'],
    macos: ['~/Library/Caches/gopls'],
    usedBy: ['gopls', 'staticcheck'],
    advice: 'delete it while no editor runs gopls',
    source: 'general knowledge',
    verified: false,
  },
];
