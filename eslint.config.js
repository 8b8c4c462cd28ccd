import { configApp } from '@adonisjs/eslint-config'

/** Layout is prettier's affair (`npx prettier --check .`); eslint looks for mistakes. */
export default configApp(
  { ignores: ['tmp/**', 'public/**', 'build/**', 'artefacts/**', 'database/schema.ts'] },
  {
    files: ['**/*.ts'],
    rules: {
      'curly': ['error', 'multi-line'],
      'prettier/prettier': 'off',
      '@stylistic/max-len': 'off',
      '@typescript-eslint/naming-convention': [
        'error',
        {
          selector: 'variable',
          format: ['camelCase', 'UPPER_CASE', 'PascalCase'],
          leadingUnderscore: 'allow',
        },
        { selector: 'typeLike', format: ['PascalCase'] },
      ],
      '@unicorn/no-await-expression-member': 'off',
    },
  }
)
