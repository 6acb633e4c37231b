export default {
  start() {
    // What the page brings for browsers that cannot run these scripts; they draw the same anew.
    for (const fallback of document.querySelectorAll('[data-without-scripts]')) fallback.remove()
  },
}
