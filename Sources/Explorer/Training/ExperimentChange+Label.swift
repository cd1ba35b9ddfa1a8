import DropoutEngine

extension ExperimentChange {
  /// The change as a mark on the curves says it: `keep 0.6`, `kill 1.3`.
  var label: String {
    switch self {
    case .parameter(let name, let value): "\(name) \(value)"
    case .unit(let address, let intervention):
      "\(intervention.rawValue) \(address.layer + 1).\(address.unit + 1)"
    }
  }
}
