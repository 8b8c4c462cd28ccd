/** Two letters that stand for a person. */
export function initialsOf(name: string) {
  const words = name.trim().split(/\s+/)
  return words.slice(0, 2).map((word) => word.charAt(0).toUpperCase()).join('')
}
