import js from "@eslint/js";

const asText = "What comes from a study gets into the page as text: hpo.element and hpo.fill take it so.";

/** Run from the root of the clone. What is undefined is TypeScript's to find, which knows the page's types. */
export default [
  { linterOptions: { reportUnusedDisableDirectives: "error" } },
  js.configs.recommended,
  {
    rules: {
      "array-callback-return": "error",
      "consistent-return": "error",
      eqeqeq: "error",
      "max-lines": ["error", 300],
      "no-console": "error",
      "no-else-return": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-new-func": "error",
      "no-param-reassign": "error",
      "no-self-compare": "error",
      "no-shadow": "error",
      "no-undef": "off",
      "no-unmodified-loop-condition": "error",
      "no-unreachable-loop": "error",
      "no-unused-expressions": "error",
      "no-unused-vars": ["error", { args: "all", argsIgnorePattern: "^_", varsIgnorePattern: "^_$", caughtErrors: "all" }],
      "no-useless-return": "error",
      "no-var": "error",
      "object-shorthand": "error",
      "prefer-arrow-callback": "error",
      "prefer-const": "error",
      "prefer-object-has-own": "error",
      "prefer-template": "error",
    },
  },
  {
    // The pages' scripts, which become one.
    files: ["Interop.Reporting/*/Assets/*.js"],
    languageOptions: { sourceType: "script", ecmaVersion: 2022 },
    rules: {
      strict: ["error", "global"],
      "no-implicit-globals": ["error", { lexicalBindings: true }],
      "no-restricted-properties": ["error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "setHTMLUnsafe"].map(property => ({ property, message: asText })),
        { object: "document", property: "write", message: asText }],
    },
  },
];
