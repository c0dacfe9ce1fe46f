/** .NET: NuGet's folders and project output. */
import type { CatalogueEntry } from '../entry.ts';

export const dotnet: readonly CatalogueEntry[] = [
  {
    id: 'nuget-caches',
    row: 135,
    what: 'NuGet packages, HTTP cache and scratch files',
    class: 'A',
    paths: [
      '$NUGET_PACKAGES',
      '$XDG_DATA_HOME/NuGet/{http-cache,v3-cache,plugins-cache}',
      '$TMPDIR/NuGetScratch*',
    ],
    usedBy: ['dotnet'],
    command: 'dotnet nuget locals all --clear',
    inspect: 'dotnet nuget locals all --list',
    traps: ['projects use packages straight from ~/.nuget/packages: the next build restores them'],
    source: 'learn.microsoft.com, dotnet nuget locals',
  },
  {
    id: 'dotnet-output',
    row: 136,
    what: ".NET project's build output",
    class: 'C',
    paths: ['**/{bin,obj}'],
    requires: { where: 'beside', anyOf: ['*.csproj', '*.fsproj', '*.vbproj'] },
    usedBy: ['dotnet'],
    command: 'dotnet clean',
    advice: 'delete where the project is not being worked on',
    traps: ['bin alone means nothing: the project file must stand beside it'],
    source: 'research table: kondo-lib',
  },
];
