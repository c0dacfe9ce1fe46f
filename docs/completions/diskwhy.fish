# fish completion for diskwhy; diskwhy completion fish prints it
function __diskwhy_command --description 'The command that was typed, explain where it has no name'
    set -l skip
    for word in (commandline --cut-at-cursor --current-process --tokenize)[2..-1]
        if set -q skip[1]
            set -e skip
            continue
        end
        switch $word
            case --
                echo path
                return
            case --exclude --threads --source --top --depth --min-size --color --fail-if --warn-if --for --rate --grown --interval --exec --older --age-by --keep --apply --restore --journal --bytes-read
                set skip 1
            case '-*'
            case watch tmp log help completion
                echo $word
                return
            case '*'
                echo path
                return
        end
    end
    echo explain
end
function __diskwhy_is --description 'Whether options of this command may follow'
    set -l command (__diskwhy_command)
    test $command = path && set command explain
    contains -- $command $argv
end
complete -c diskwhy -n 'test (__diskwhy_command) = explain' -a watch -d 'what grows, who writes it, and when it is full'
complete -c diskwhy -n 'test (__diskwhy_command) = explain' -a tmp -d 'stale temporary files and caches, deleted safely'
complete -c diskwhy -n 'test (__diskwhy_command) = explain' -a log -d 'what is filling this log: a loop, or real work'
complete -c diskwhy -n 'test (__diskwhy_command) = explain' -a help -d 'more about a command or a topic'
complete -c diskwhy -n 'test (__diskwhy_command) = explain' -a completion -d 'print a completion script for the shell'
complete -c diskwhy -n '__diskwhy_is explain' -l exclude -x -d 'leave out names, or paths where it has a slash'
complete -c diskwhy -n '__diskwhy_is explain' -l cross-mounts -d 'count other filesystems below the path too'
complete -c diskwhy -n '__diskwhy_is explain' -l filesystem -d 'explain the whole filesystem that the path lies on'
complete -c diskwhy -n '__diskwhy_is explain' -l owners -d 'add which package and which user owns the bytes'
complete -c diskwhy -n '__diskwhy_is explain' -l threads -x -d 'threads that read'
complete -c diskwhy -n '__diskwhy_is explain' -l source -x -a 'auto walk portable ext4' -d 'how directories are read: auto, walk, portable or ext4'
complete -c diskwhy -n '__diskwhy_is explain' -l json -d 'print JSON'
complete -c diskwhy -n '__diskwhy_is explain' -l top -x -d 'rows per list, 0 for all'
complete -c diskwhy -n '__diskwhy_is explain' -l depth -x -d 'levels of the tree'
complete -c diskwhy -n '__diskwhy_is explain' -l min-size -x -d 'leave smaller ones out of the tree'
complete -c diskwhy -n '__diskwhy_is explain' -l apparent -d 'show and rank by apparent size, not by bytes on disk'
complete -c diskwhy -n '__diskwhy_is explain' -l bytes -d 'exact bytes instead of KiB, MiB, GiB'
complete -c diskwhy -n '__diskwhy_is explain' -l color -x -a 'auto always never' -d 'colours: auto, always or never'
complete -c diskwhy -n '__diskwhy_is explain' -l no-color -d 'no colours'
complete -c diskwhy -n '__diskwhy_is explain' -l quiet -s q -d 'no progress and no notes on stderr'
complete -c diskwhy -n '__diskwhy_is explain' -l fail-if -x -d 'exit with 1 where it holds, and say so: \'used>85%\''
complete -c diskwhy -n '__diskwhy_is explain' -l warn-if -x -d 'with --check: WARNING where it holds'
complete -c diskwhy -n '__diskwhy_is explain' -l check -d 'one line for Nagios or Icinga, and its codes'
complete -c diskwhy -n '__diskwhy_is explain' -l for -x -d 'how long growth is measured where a condition asks for it'
complete -c diskwhy -n '__diskwhy_is explain' -l fail-on-finding -d 'exit with 1 where something was found'
complete -c diskwhy -n '__diskwhy_is explain' -l help -d 'all options, with examples'
complete -c diskwhy -n '__diskwhy_is explain' -s h -d 'what is used most, on one screen'
complete -c diskwhy -n '__diskwhy_is explain' -l version -s V -d 'print the version'
complete -c diskwhy -n '__diskwhy_is watch' -l rate -x -d 'growth that raises an alarm'
complete -c diskwhy -n '__diskwhy_is watch' -l grown -x -d 'growth since the start that raises an alarm, however slow'
complete -c diskwhy -n '__diskwhy_is watch' -l interval -x -d 'time between two looks'
complete -c diskwhy -n '__diskwhy_is watch' -l for -x -d 'end after so long'
complete -c diskwhy -n '__diskwhy_is watch' -l exec -x -d 'run this by sh for each alarm; DISKWHY_PATH and others are in its environment'
complete -c diskwhy -n '__diskwhy_is watch' -l exclude -x -d 'leave out names, or paths where it has a slash'
complete -c diskwhy -n '__diskwhy_is watch' -l cross-mounts -d 'count other filesystems below the path too'
complete -c diskwhy -n '__diskwhy_is watch' -l json -d 'print JSON'
complete -c diskwhy -n '__diskwhy_is watch' -l top -x -d 'rows per list, 0 for all'
complete -c diskwhy -n '__diskwhy_is watch' -l apparent -d 'show and rank by apparent size, not by bytes on disk'
complete -c diskwhy -n '__diskwhy_is watch' -l bytes -d 'exact bytes instead of KiB, MiB, GiB'
complete -c diskwhy -n '__diskwhy_is watch' -l color -x -a 'auto always never' -d 'colours: auto, always or never'
complete -c diskwhy -n '__diskwhy_is watch' -l no-color -d 'no colours'
complete -c diskwhy -n '__diskwhy_is watch' -l quiet -s q -d 'no progress and no notes on stderr'
complete -c diskwhy -n '__diskwhy_is watch' -l fail-if -x -d 'exit with 1 where it holds, and say so: \'used>85%\''
complete -c diskwhy -n '__diskwhy_is watch' -l warn-if -x -d 'with --check: WARNING where it holds'
complete -c diskwhy -n '__diskwhy_is watch' -l check -d 'one line for Nagios or Icinga, and its codes'
complete -c diskwhy -n '__diskwhy_is watch' -l fail-on-alarm -d 'exit with 1 where an alarm was raised'
complete -c diskwhy -n '__diskwhy_is watch' -l help -d 'all options, with examples'
complete -c diskwhy -n '__diskwhy_is watch' -s h -d 'what is used most, on one screen'
complete -c diskwhy -n '__diskwhy_is watch' -l version -s V -d 'print the version'
complete -c diskwhy -n '__diskwhy_is tmp' -l older -x -d 'unused for at least so long, 0 for any age'
complete -c diskwhy -n '__diskwhy_is tmp' -l min-size -x -d 'leave out smaller entries'
complete -c diskwhy -n '__diskwhy_is tmp' -l age-by -x -d 'times that count, the newest of them decides'
complete -c diskwhy -n '__diskwhy_is tmp' -l keep -x -d 'never delete names, or paths where it has a slash'
complete -c diskwhy -n '__diskwhy_is tmp' -l all-users -d 'judge other users\' entries too (root)'
complete -c diskwhy -n '__diskwhy_is tmp' -l system -d 'judge root\'s own directories in shared temporary directories too (root)'
complete -c diskwhy -n '__diskwhy_is tmp' -l assume-unused -d 'where it cannot be told whether something is in use, take it as unused'
complete -c diskwhy -n '__diskwhy_is tmp' -l delete -d 'delete what is deletable; asks once on a terminal'
complete -c diskwhy -n '__diskwhy_is tmp' -l dry-run -s n -d 'do everything but delete; wins over all'
complete -c diskwhy -n '__diskwhy_is tmp' -l yes -s y -d 'do not ask'
complete -c diskwhy -n '__diskwhy_is tmp' -l apply -r -F -d 'delete exactly what a plan of --json says; - is stdin'
complete -c diskwhy -n '__diskwhy_is tmp' -l quarantine -d 'with --delete: move aside instead, on the same filesystem'
complete -c diskwhy -n '__diskwhy_is tmp' -l restore -r -F -d 'bring back what a run moved aside'
complete -c diskwhy -n '__diskwhy_is tmp' -l journal -r -F -d 'where to keep the journal'
complete -c diskwhy -n '__diskwhy_is tmp' -l no-journal -d 'keep no journal'
complete -c diskwhy -n '__diskwhy_is tmp' -l threads -x -d 'threads that read'
complete -c diskwhy -n '__diskwhy_is tmp' -l source -x -a 'auto walk portable ext4' -d 'how directories are read: auto, walk, portable or ext4'
complete -c diskwhy -n '__diskwhy_is tmp' -l json -d 'print JSON'
complete -c diskwhy -n '__diskwhy_is tmp' -l top -x -d 'rows per list, 0 for all'
complete -c diskwhy -n '__diskwhy_is tmp' -l bytes -d 'exact bytes instead of KiB, MiB, GiB'
complete -c diskwhy -n '__diskwhy_is tmp' -l color -x -a 'auto always never' -d 'colours: auto, always or never'
complete -c diskwhy -n '__diskwhy_is tmp' -l no-color -d 'no colours'
complete -c diskwhy -n '__diskwhy_is tmp' -l quiet -s q -d 'no progress and no notes on stderr'
complete -c diskwhy -n '__diskwhy_is tmp' -l help -d 'all options, with examples'
complete -c diskwhy -n '__diskwhy_is tmp' -s h -d 'what is used most, on one screen'
complete -c diskwhy -n '__diskwhy_is tmp' -l version -s V -d 'print the version'
complete -c diskwhy -n '__diskwhy_is log' -l bytes-read -x -d 'how much of the end to read'
complete -c diskwhy -n '__diskwhy_is log' -l whole -d 'read all of it, in bounded memory'
complete -c diskwhy -n '__diskwhy_is log' -l json -d 'print JSON'
complete -c diskwhy -n '__diskwhy_is log' -l top -x -d 'rows per list, 0 for all'
complete -c diskwhy -n '__diskwhy_is log' -l bytes -d 'exact bytes instead of KiB, MiB, GiB'
complete -c diskwhy -n '__diskwhy_is log' -l color -x -a 'auto always never' -d 'colours: auto, always or never'
complete -c diskwhy -n '__diskwhy_is log' -l no-color -d 'no colours'
complete -c diskwhy -n '__diskwhy_is log' -l quiet -s q -d 'no progress and no notes on stderr'
complete -c diskwhy -n '__diskwhy_is log' -l help -d 'all options, with examples'
complete -c diskwhy -n '__diskwhy_is log' -s h -d 'what is used most, on one screen'
complete -c diskwhy -n '__diskwhy_is log' -l version -s V -d 'print the version'
complete -c diskwhy -n '__diskwhy_is help' -f -a 'explain watch tmp log help completion sizes conditions exit-codes json'
complete -c diskwhy -n '__diskwhy_is help' -l help -d 'all options, with examples'
complete -c diskwhy -n '__diskwhy_is help' -s h -d 'what is used most, on one screen'
complete -c diskwhy -n '__diskwhy_is help' -l version -s V -d 'print the version'
complete -c diskwhy -n '__diskwhy_is completion' -f -a 'bash zsh fish'
complete -c diskwhy -n '__diskwhy_is completion' -l help -d 'all options, with examples'
complete -c diskwhy -n '__diskwhy_is completion' -s h -d 'what is used most, on one screen'
complete -c diskwhy -n '__diskwhy_is completion' -l version -s V -d 'print the version'
