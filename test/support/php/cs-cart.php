<?php

declare(strict_types=1);

require_once __DIR__ . '/page-texts.php';

/** What CS-Cart gives to the templates of examples/cs-cart-theme, and no more than they use. */
function render_cs_cart(array $job, array $data, Closure $translate, string $compileDir): string
{
    PageTexts::$translate = $translate;
    ['base' => $base, 'language' => $language, 'page' => $page, 'support' => $support] = $job;
    $themes = EXAMPLES . 'cs-cart-theme/design/themes/';
    $folders = [...($job['version'] === 'our-server' ? ["{$themes}lowtide_server/templates"] : []), "{$themes}lowtide/templates"];
    $smarty = new_smarty($compileDir);
    $smarty->setCompileId("cs-cart-{$job['version']}");
    $smarty->setTemplateDir($folders);
    $path = rtrim($base, '/');
    $in = fn (string $code): string => "$base$code/";
    $paths = ['contact' => 'contact.html', 'product' => 'tern-one.html'];
    $urlOf = fn (string $to): string => $in($language) . $paths[$to];
    $pageId = 12;
    // the SEO add-on rewrites addresses; what it has no name for stays index.php?dispatch=…
    $fnUrl = fn (string $url): string => match ($url) {
        '' => $base . 'index.php',
        "pages.view?page_id=$pageId" => $urlOf('contact'),
        'support_identity.identity' => $support['identityUrl'],
    };
    $smarty->registerPlugin('modifier', 'fn_url', $fnUrl);
    $smarty->registerPlugin('modifier', 'json_encode', 'json_encode');
    // an add-on's part of a hook: its own template in place of what stands there, or after it
    $smarty->registerPlugin('block', 'hook', function (array $params, ?string $content, Smarty_Internal_Template $template, bool &$repeat) use ($smarty): string {
        if ($repeat) {
            return '';
        }
        [$place, $hook] = explode(':', $params['name']);
        $part = fn (string $addon, string $kind): ?string => $smarty->templateExists($file = "addons/$addon/hooks/$place/$hook.$kind.tpl")
            ? $smarty->createTemplate($file, null, null, $template)->fetch()
            : null;

        return ($part('form_builder', 'override') ?? $content) . $part('my_changes', 'post');
    });
    $product = $data['product'];
    $product['paragraphs'] = $product['paragraphs']['list'];
    $title = $page === 'contact' ? $data['page']['page'] : $product['product'];
    $entries = fn (array $list) => array_map(fn ($entry) => ['url' => $urlOf($entry['to']), 'label' => $entry['label']], $list);
    // a constant of the core: one process makes pages of one language
    defined('CART_LANGUAGE') || define('CART_LANGUAGE', $language);
    if (CART_LANGUAGE !== $language) {
        throw new LogicException('one language in a process');
    }
    $smarty->assign([
        'content_tpl' => ['contact' => 'views/pages/view.tpl', 'product' => 'views/products/view.tpl'][$page],
        'page_title' => "$title – Lowtide",
        'meta_description' => __('lowtide.motto'),
        'language_direction' => $data['languages'][$language]['is_rtl'] ? 'rtl' : 'ltr',
        'config' => ['current_path' => $path],
        'images_dir' => "$path/design/themes/lowtide/media/images",
        'csp_nonce' => 'per-request',
        'tygh_settings' => [
            'area' => 'C',
            'index_script' => 'index.php',
            'current_path' => $path,
            'cart_language' => $language,
            'default_language' => 'en',
            'language_direction' => $data['languages'][$language]['is_rtl'] ? 'rtl' : 'ltr',
            'current_dispatch' => ['contact' => 'pages.view', 'product' => 'products.view'][$page],
            'security_hash' => md5('session' . ($job['customer']['id'] ?? '')),
        ],
        'home_url' => $urlOf('product'),
        'languages' => array_map(fn ($code) => ['lang_code' => $code, 'name' => $data['languages'][$code]['name'], 'url' => $in($code) . $paths[$page]], array_keys($data['languages'])),
        'menu' => $entries($data['menu']),
        'footer' => array_map(fn ($column) => ['title' => $column['title'], 'links' => $entries($column['links'])], $data['footer']),
        'settings' => ['Company' => $data['company']],
        'support_page_id' => $pageId,
        'page' => [
            'page_id' => $pageId,
            'page_type' => 'F',
            'page' => $data['page']['page'],
            'description' => $data['page']['description'],
            'form' => ['elements' => array_column($data['page']['elements'], null, 'id')],
        ],
        'product' => $product,
        'addons' => ['support_identity' => ['endpoint' => $support['endpoint'], 'desk' => $support['desk']]],
    ]);
    // an output filter puts the hash of the session before the end of every form
    $hash = md5('session' . ($job['customer']['id'] ?? ''));

    return str_replace('</form>', "<input type=\"hidden\" name=\"security_hash\" class=\"cm-no-hide-input\" value=\"$hash\"></form>", $smarty->fetch('index.tpl'));
}
