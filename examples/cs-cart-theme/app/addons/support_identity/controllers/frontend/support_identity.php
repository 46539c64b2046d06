<?php

use Tygh\Registry;
use Tygh\Tygh;

defined('BOOTSTRAP') or die('Access denied');

if ($mode === 'identity') {
    header('Content-Type: application/json');
    header('Cache-Control: private, no-store');
    exit(json_encode(fn_support_identity_of(Tygh::$app['session']['auth'], Registry::get('addons.support_identity')), JSON_THROW_ON_ERROR));
}
