<?php

defined('BOOTSTRAP') or die('Access denied');

/**
 * A signed statement of who is signed in to the shop: opens one session on the support server, within five minutes.
 *
 * @param string $secret base64url, as the desk file has it
 * @param array{id: int|string, email: string, name: string} $customer the address must be proved to be theirs
 */
function fn_support_identity_token(string $secret, string $kid, string $desk, array $customer): string
{
    $encode = fn (string $bytes): string => rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    $now = time();
    $header = ['alg' => 'HS256', 'typ' => 'JWT', 'kid' => $kid];
    $claims = [
        'aud' => $desk,
        'iat' => $now,
        'exp' => $now + 300,
        'jti' => bin2hex(random_bytes(16)),
        'sub' => (string) $customer['id'],
        'email' => $customer['email'],
        'name' => $customer['name'],
    ];
    $signed = $encode(json_encode($header, JSON_THROW_ON_ERROR)) . '.' . $encode(json_encode($claims, JSON_THROW_ON_ERROR));
    $key = base64_decode(strtr(trim($secret), '-_', '+/'));

    return $signed . '.' . $encode(hash_hmac('sha256', $signed, $key, true));
}

/**
 * Who is signed in, for the pages of the storefront that is shown.
 *
 * @param array{user_id: int} $auth
 * @param array{endpoint: string, desk: string, kid: string, secret_file: string, addresses_are_proved: string} $settings of this add-on
 * @return array{token: string|null, name: string|null, email: string|null, orders: string[]}
 */
function fn_support_identity_of(array $auth, array $settings): array
{
    $user = empty($auth['user_id']) ? [] : fn_get_user_short_info($auth['user_id']);
    if (empty($user['email'])) {
        return ['token' => null, 'name' => null, 'email' => null, 'orders' => []];
    }
    $name = trim($user['firstname'] . ' ' . $user['lastname']);
    $orders = db_get_fields(
        'SELECT order_id FROM ?:orders WHERE user_id = ?i AND is_parent_order <> ?s ORDER BY timestamp DESC LIMIT 20',
        $auth['user_id'],
        'Y'
    );
    $customer = ['id' => $auth['user_id'], 'email' => $user['email'], 'name' => $name];
    $proved = $settings['addresses_are_proved'] === 'Y';

    return [
        'token' => $proved
            ? fn_support_identity_token(file_get_contents($settings['secret_file']), $settings['kid'], $settings['desk'], $customer)
            : null,
        'name' => $name,
        'email' => $user['email'],
        'orders' => array_map('strval', $orders),
    ];
}
