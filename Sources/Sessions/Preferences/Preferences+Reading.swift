import DropoutEngine
import JSON

extension Preferences {
  /// Reads the contents of a file.
  ///
  /// - Parameters:
  ///   - document: the bytes, JSON as `docs/preferences.md` describes it.
  ///   - name: the name of the file, for messages.
  /// - Throws: ``PreferencesError`` with the first fault.
  public init(document: [UInt8], name: String) throws(PreferencesError) {
    self.init()
    do throws(SavedFileError) {
      let whole = JSONField(
        node: try JSONNode(document, name: name), place: "", name: name)
      for (member, field) in try whole.members() {
        guard Preferences.memberNames.contains(member) else {
          throw field.error(
            .unknown(nearest: NameDistance.nearest(to: member, in: Preferences.memberNames)))
        }
        if member == "keys" {
          bindings = try field.members().map { (action, field) throws(SavedFileError) in
            Binding(action: action, keys: try field.keyNames(), line: field.node.line)
          }
        } else {
          settings.append(
            Setting(name: member, value: try field.settingText(), line: field.node.line))
        }
      }
    } catch {
      throw PreferencesError(error)
    }
    for setting in settings { try check(setting, name) }
  }

  /// Lets the parameter table check a value.
  private func check(_ setting: Setting, _ name: String) throws(PreferencesError) {
    var probe = Settings()
    do {
      try probe.set(setting.name, to: setting.value)
    } catch {
      throw PreferencesError(
        name: name, line: setting.line, field: setting.name, problem: .refused(error))
    }
  }
}

extension JSONField {
  /// The text of a parameter: a number as it is written, or a text.
  fileprivate func settingText() throws(SavedFileError) -> String {
    switch node.content {
    case .text(let text): text
    case .number(let text): text
    default: throw error(.wrongKind(expected: "a text or a number", found: node.words))
    }
  }

  /// The names of some keys: one text, or a list of texts.
  fileprivate func keyNames() throws(SavedFileError) -> [String] {
    switch node.content {
    case .text(let text): [text]
    case .list: try list().map { (field) throws(SavedFileError) in try field.text() }
    default:
      throw error(
        .wrongKind(expected: "the name of a key, or a list of names", found: node.words))
    }
  }
}
