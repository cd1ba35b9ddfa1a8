public import DropoutEngine
public import TerminalCells

/// The text typed into the palette: a parameter's name, then its value.
public struct PaletteState: Equatable, Sendable {
  /// The text and its cursor.
  public var field: TextField
  /// The suggestion that is chosen; nil while none is.
  public var choice: Int?
  /// The reason why the text was not accepted; the text stays for correction.
  public var error: String?

  /// Creates a palette with a text and the cursor behind it.
  public init(text: String = "", choice: Int? = nil, error: String? = nil) {
    field = TextField(text)
    self.choice = choice
    self.error = error
  }

  /// The name and the value in the text; the value is nil before there is a space behind the name.
  var parts: (name: String, value: String?) {
    let text = String(field.text.drop { $0 == " " || $0 == "-" })
    guard let end = text.firstIndex(where: { $0 == " " || $0 == "=" }) else { return (text, nil) }
    let value = text[text.index(after: end)...].drop { $0 == " " }
    return (String(text[..<end]), String(value.reversed().drop { $0 == " " }.reversed()))
  }

  /// The texts that the typed one could become.
  public var suggestions: [PaletteSuggestion] {
    let (name, value) = parts
    if let value, let definition = ParameterTable.definition(named: name) {
      let before = value.split(separator: ",", omittingEmptySubsequences: false).dropLast()
      let last = value.split(separator: ",", omittingEmptySubsequences: false).last ?? ""
      let start = before.isEmpty ? "" : before.joined(separator: ",") + ","
      return definition.choices.filter { $0.hasPrefix(last) }.map {
        PaletteSuggestion(text: "\(name) \(start)\($0)", definition: definition, value: $0)
      }
    }
    let named = ParameterTable.all.filter { $0.name.hasPrefix(name) }
    let containing = ParameterTable.all.filter {
      !$0.name.hasPrefix(name) && $0.name.contains(name)
    }
    return (named + containing).map {
      PaletteSuggestion(text: "\($0.name) ", definition: $0, value: nil)
    }
  }

  /// The parameter that the text, or the chosen suggestion, is about.
  public var definition: ParameterDefinition? {
    let all = suggestions
    if let choice, all.indices.contains(choice) { return all[choice].definition }
    return ParameterTable.definition(named: parts.name) ?? all.first?.definition
  }
}

/// A line of the palette's list.
public struct PaletteSuggestion: Sendable {
  /// The text of the palette once it is taken.
  public let text: String
  /// The parameter that it is about.
  public let definition: ParameterDefinition
  /// The value that it suggests; nil where it completes a name.
  public let value: String?
}

extension ParameterDefinition.Effect {
  /// When a change takes effect, as the palette says it.
  public var words: String {
    switch self {
    case .nextStep: "from the next step"
    case .startsAnew: "starts anew"
    case .display: "at once"
    }
  }
}
