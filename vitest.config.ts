import { defineConfig } from "vitest/config";

// The decorators need both settings: oxc reads no tsconfig for files outside its include, and vite would otherwise hand
// type-graphql another copy of graphql than ours ("another module or realm").
export default defineConfig({
  oxc: { decorator: { legacy: true, emitDecoratorMetadata: true } },
  resolve: { alias: [{ find: /^graphql$/, replacement: "graphql/index.js" }] },
  test: {
    include: ["test/**/*.test.ts"],
    globalSetup: ["test/support/global.ts"],
    // Test files share the modules they import: reading them anew for each took 140 of 440 seconds. So no test may change a module.
    isolate: false,
    testTimeout: 240_000,
    hookTimeout: 120_000,
  },
});
