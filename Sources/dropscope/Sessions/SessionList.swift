import DatasetFiles
import DropoutEngine
import Explorer
import Sessions

/// Sessions as lines for a person.
enum SessionList {
  /// The name of an entry without its end.
  static func shortName(_ entry: SessionFolderEntry) -> String {
    String(entry.name.dropLast(SessionFolder.suffix.count))
  }

  /// A table of entries with headings; empty where there are none.
  static func lines(_ entries: [SessionFolderEntry]) -> [String] {
    guard !entries.isEmpty else { return [] }
    let headings = ["name", "data", "variant", "branch", "step", "changes", "state"]
    let rows = entries.map { entry in
      [shortName(entry)] + cells(entry)
    }.map { $0.map { ForeignText.shown($0, limit: 120) } }
    let all = [headings] + rows
    let widths = headings.indices.dropLast().map { column in
      all.map { $0[column].count }.max() ?? 0
    }
    return all.map { row in
      row.enumerated().map { column, cell in
        column < widths.count
          ? cell + String(repeating: " ", count: widths[column] - cell.count) : cell
      }.joined(separator: "  ")
    }
  }

  /// The data of a session; a dash would look like nothing.
  private static func data(_ configuration: ExperimentConfiguration) -> String {
    let data = configuration.data
    return data == DatasetFiles.standardInput ? DatasetFiles.name(of: data) : data
  }

  private static func cells(_ entry: SessionFolderEntry) -> [String] {
    let inUse = entry.isInUse
    do throws(SavedFileError) {
      let session = try SessionFile.read(entry.path).session
      return [
        data(session.settings.experiment), session.settings.experiment.variantName,
        session.branches.count == 1
          ? "1 of 1" : "\(session.branch.title) of \(session.branches.count)",
        Grouped.text(session.position.step), "\(session.branch.journal.entries.count)",
        inUse ? "an explorer runs" : "saved",
      ]
    } catch {
      return [
        "-", "-", "-", "-", "-",
        inUse ? "an explorer runs" : "cannot be read: \(error.problem.fault)",
      ]
    }
  }

  /// All of a session in lines.
  static func details(_ session: Session, of entry: SessionFolderEntry) -> [String] {
    let configuration = session.settings.experiment
    var lines = [
      "\(entry.path)",
      "  saved by dropscope \(session.program)",
      "  data \(data(configuration)), variant \(configuration.variantName), hidden "
        + configuration.hidden.map(String.init).joined(separator: ","),
      "  at \(session.branch.title), step \(Grouped.text(session.position.step))",
    ]
    for branch in session.branches {
      let origin =
        branch.number == 1 && branch.parent == nil
        ? nil
        : ", left \(branch.parent.map { "branch \($0)" } ?? "a removed branch") at step "
          + "\(Grouped.text(branch.origin))"
      lines.append(
        "  branch \(branch.number)" + (branch.name.map { " '\($0)'" } ?? "")
          + ": reached step \(Grouped.text(branch.reached))\(origin ?? "")")
      for entry in branch.journal.entries {
        lines.append("    step \(Grouped.text(entry.step)): \(words(entry.change))")
      }
    }
    if let race = session.race {
      let changes = race.changes.count
      lines.append(
        "  race of \(race.runners.map(\.name).joined(separator: ", ")): step "
          + "\(Grouped.text(race.place.step)), \(changes) change\(changes == 1 ? "" : "s")")
    }
    lines.append("  go on with: dropscope explore --resume \(ShellWord.quoted(shortName(entry)))")
    return lines.map { ForeignText.shown($0, limit: 400) }
  }

  private static func words(_ change: ExperimentChange) -> String {
    switch change {
    case .parameter(let name, let value): "\(name) \(value)"
    case .unit(let address, let intervention):
      "\(intervention.rawValue) unit \(address.unit + 1) of hidden layer \(address.layer + 1)"
    }
  }
}
