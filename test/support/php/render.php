<?php

declare(strict_types=1);

/*
 * Renders theme pages as the shops would: reads a JSON list of jobs of one language, writes a JSON list of pages in the same order.
 *
 * A job: {theme: "prestashop"|"magento"|"cs-cart", version: "own-form"|"our-server", language, page: "contact"|"product",
 * base: path of the shop with a slash at its end, support: {endpoint, desk, identityUrl}, customer: null | {id, firstname, lastname,
 * email, orders: string[]}}.
 */

const EXAMPLES = __DIR__ . '/../../../examples/';

require __DIR__ . '/cs-cart.php';
require __DIR__ . '/magento.php';
require __DIR__ . '/prestashop.php';

/** The demo data of a theme. */
function shop_data(string $theme): array
{
    return json_decode(file_get_contents(EXAMPLES . $theme . '-theme/shop.json'), true, 64, JSON_THROW_ON_ERROR);
}

/** The same with one language left: {en: …, ar: …} becomes what stands under the language. */
function in_language(mixed $value, string $language, array $languages): mixed
{
    if (!is_array($value)) {
        return $value;
    }
    $keys = array_keys($value);
    if ($keys === array_keys($languages)) {
        return $value[$language];
    }

    return array_map(fn (mixed $member): mixed => in_language($member, $language, $languages), $value);
}

/** Empty lines that template tags leave behind say nothing. */
function without_empty_lines(string $html): string
{
    return preg_replace('/^[ \t]*\R/m', '', $html);
}

function new_smarty(string $compileDir): Smarty
{
    require_once '/usr/share/php/smarty4/Smarty.class.php';
    $smarty = new Smarty();
    $smarty->setCompileDir($compileDir);
    $smarty->setForceCompile(true);
    // as both platforms have it: printed values are escaped unless a template says nofilter
    $smarty->escape_html = true;

    return $smarty;
}

$compileDir = sys_get_temp_dir() . '/storefront-templates-' . bin2hex(random_bytes(8));
mkdir($compileDir, 0700);
register_shutdown_function(function () use ($compileDir): void {
    array_map('unlink', glob("$compileDir/*") ?: []);
    rmdir($compileDir);
});
set_error_handler(function (int $level, string $message, string $file, int $line): never {
    throw new ErrorException($message, 0, $level, $file, $line);
});

$pages = [];
foreach (json_decode(stream_get_contents(STDIN), true, 64, JSON_THROW_ON_ERROR) as $job) {
    $shop = shop_data($job['theme']);
    $texts = $shop['translations'][$job['language']] ?? null;
    $translate = function (string $text) use ($texts): string {
        return $texts === null ? $text : $texts[$text] ?? throw new OutOfBoundsException("no translation of \"$text\"");
    };
    $data = in_language(array_diff_key($shop, ['translations' => 0, 'languages' => 0]), $job['language'], $shop['languages']);
    $data['languages'] = $shop['languages'];
    $pages[] = without_empty_lines(match ($job['theme']) {
        'prestashop' => render_prestashop($job, $data, $translate, $compileDir),
        'magento' => render_magento($job, $data, $translate),
        'cs-cart' => render_cs_cart($job, $data, $translate, $compileDir),
    });
}
echo json_encode($pages, JSON_THROW_ON_ERROR | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES);
