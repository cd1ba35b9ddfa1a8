/// The stored properties in which two values differ, by their paths.
///
/// Mirrors find the properties, so a new one is compared without being named here. Values that are
/// equal by `==` are the same, and so are two NaN; objects are compared by identity. Everything
/// else is taken apart.
func differences(_ one: Any, _ other: Any, at path: String = "state") -> [String] {
  if let one = one as? any Equatable, isEqual(one, other) { return [] }
  if let one = one as? Double, let other = other as? Double { return same(one, other, path) }
  if let one = one as? Float, let other = other as? Float { return same(one, other, path) }
  let (left, right) = (Mirror(reflecting: one), Mirror(reflecting: other))
  guard left.subjectType == right.subjectType else { return [path] }
  if left.displayStyle == .class {
    return (one as AnyObject) === (other as AnyObject) ? [] : [path]
  }
  let (fields, others) = (Array(left.children), Array(right.children))
  guard fields.map(\.label) == others.map(\.label) else { return [path] }
  // A value without fields is a case of an enum, whose name tells it from the others.
  if fields.isEmpty { return "\(one)" == "\(other)" ? [] : [path] }
  return zip(fields, others).enumerated().flatMap { index, pair in
    differences(pair.0.value, pair.1.value, at: "\(path).\(pair.0.label ?? "\(index)")")
  }
}

private func isEqual<Value: Equatable>(_ one: Value, _ other: Any) -> Bool {
  (other as? Value) == one
}

private func same(
  _ one: some BinaryFloatingPoint, _ other: some BinaryFloatingPoint, _ path: String
)
  -> [String]
{
  one.isNaN && other.isNaN ? [] : [path]
}
