/** Files that an event brings: chosen, pasted, dropped, or (none yet) dragged over; undefined where it brings something else. */
export function givenFiles(event: Event): FileList | undefined {
  const { clipboardData, dataTransfer, target } = event as DragEvent & ClipboardEvent;
  const data = clipboardData ?? dataTransfer;
  if (!data) return (target as HTMLInputElement).files ?? undefined;
  if (!data.types.includes('Files') || data.types.includes('text/plain')) return undefined;
  event.preventDefault();
  return data.files;
}
