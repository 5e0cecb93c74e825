import PipelineFile

/// What a shell may offer for the last of some words. The shells' scripts call the hidden `pipeline complete`.
struct Completer {
  let commands: [CommandSpec]
  let registry: StageRegistry

  /// - Parameter words: the words behind `pipeline`, the last one unfinished and perhaps empty.
  /// - Returns: candidates, each with its description; `:files` or `:folders` alone leaves it to the shell.
  func candidates(_ words: [String]) -> [(word: String, summary: String)] {
    let last = words.last ?? ""
    guard words.count > 1 else {
      let all = commands.filter { !$0.isHidden }.map { ($0.name, $0.summary) }
      return (all + [("--help", "Show help."), ("--version", "Show the version.")]).filter { $0.0.hasPrefix(last) }
    }
    guard let spec = commands.first(where: { $0.name == words[0] }) else { return [] }
    let flags = spec.flags + CommandSpec.common
    if let flag = flags.first(where: { $0.name == words[words.count - 2] }), flag.value != nil {
      return values(flag.completion, last)
    }
    if let flag = list(words.dropFirst().dropLast(), flags), !last.hasPrefix("-") {
      return values(flag.completion, last)
    }
    if last.hasPrefix("-") { return flags.filter { $0.name.hasPrefix(last) }.map { ($0.name, $0.summary) } }
    let given = positional(words.dropFirst().dropLast(), flags)
    if spec.arguments.indices.contains(given) { return values(spec.arguments[given].completion, last) }
    guard let argument = spec.arguments.last, argument.repeats else { return [] }
    return values(argument.completion, last)
  }

  /// The flag whose list of values is still open at the end of the words.
  private func list(_ words: some BidirectionalCollection<String>, _ flags: [CommandSpec.Flag]) -> CommandSpec.Flag? {
    guard let word = words.last(where: { $0.hasPrefix("-") && $0 != "-" }) else { return nil }
    return flags.first { $0.name == word && $0.takesMany }
  }

  /// How many of the words are arguments: neither flags nor their values.
  private func positional(_ words: some Sequence<String>, _ flags: [CommandSpec.Flag]) -> Int {
    var count = 0
    var isValue = false
    for word in words {
      if isValue {
        isValue = false
      } else if word.hasPrefix("-"), word != "-" {
        isValue = flags.contains { $0.name == word && $0.value != nil }
      } else {
        count += 1
      }
    }
    return count
  }

  private func values(_ completion: CommandSpec.Completion, _ prefix: String) -> [(word: String, summary: String)] {
    switch completion {
    case .none: []
    case .files: [(":files", "")]
    case .folders: [(":folders", "")]
    case .stages:
      registry.types.map { ($0.name.description, $0.summary) }.filter { $0.0.hasPrefix(prefix) }
    case .choice(let choices): choices.map { ($0, "") }.filter { $0.0.hasPrefix(prefix) }
    }
  }

  /// The script for a shell: bash, zsh or fish.
  static func script(for shell: String) -> String? {
    switch shell {
    case "bash":
      """
      _pipeline() {
        local IFS=$'\\n' word=${COMP_WORDS[COMP_CWORD]} line
        local words=("${COMP_WORDS[@]:1:COMP_CWORD}")
        COMPREPLY=()
        while read -r line; do
          line=${line%%$'\\t'*}
          case $line in
            :files) COMPREPLY+=($(compgen -f -- "$word")); compopt -o filenames ;;
            :folders) COMPREPLY+=($(compgen -d -- "$word")); compopt -o filenames ;;
            *) COMPREPLY+=("$line") ;;
          esac
        done < <(pipeline complete -- "${words[@]}" 2>/dev/null)
      }
      complete -F _pipeline pipeline

      """
    case "zsh":
      """
      #compdef pipeline
      _pipeline() {
        local line; local -a offers
        while IFS= read -r line; do
          case $line in
            :files*) _files ;;
            :folders*) _files -/ ;;
            *) offers+=("${${line%%$'\\t'*}//:/\\\\:}:${line#*$'\\t'}") ;;
          esac
        done < <(pipeline complete -- "${(@)words[2,CURRENT]}" 2>/dev/null)
        (( $#offers )) && _describe 'pipeline' offers
      }
      compdef _pipeline pipeline

      """
    case "fish":
      """
      function __pipeline_complete
        set -l words (commandline -opc) (commandline -ct)
        for line in (pipeline complete -- $words[2..-1] 2>/dev/null)
          switch $line
            case ':files*'
              __fish_complete_path (commandline -ct)
            case ':folders*'
              __fish_complete_directories (commandline -ct)
            case '*'
              echo $line
          end
        end
      end
      complete -c pipeline -f -a '(__pipeline_complete)'

      """
    default: nil
    }
  }
}
