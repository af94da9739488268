// The half of the editor that its features build on: a part of its own, so that no one task of the page evaluates all of it.
import 'monaco-editor/editor'
